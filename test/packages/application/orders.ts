import { Body, Controller, Get, Post } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Column, Entity, PrimaryGeneratedColumn, Repository } from 'typeorm';

@Entity('orders')
export class Order {
  @PrimaryGeneratedColumn()
  id!: number;

  @Column('varchar')
  name!: string;
}

@Controller('orders')
export class OrdersController {
  constructor(@InjectRepository(Order) private readonly orders: Repository<Order>) {}

  @Get()
  list(): Promise<Order[]> {
    return this.orders.find();
  }

  @Post()
  async create(@Body() { name }: { name: string }): Promise<void> {
    await this.orders.insert({ name });
    await this.orders.save({ name: `${name} again` });
    if (name === 'broken') throw new Error('Nothing is saved');
  }
}
