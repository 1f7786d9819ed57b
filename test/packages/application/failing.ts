import { Controller, Get } from '@nestjs/common';

@Controller('fail')
export class FailingController {
  @Get()
  show(): string {
    const basket = { apples: 3, pears: 4 };
    return this.total(basket, 2);
  }

  private total(basket: { apples: number; pears: number }, price: number): string {
    const sum = (basket.apples + basket.pears) * price;
    if (sum > 10) throw new RangeError('The basket is too heavy');
    return String(sum);
  }
}
