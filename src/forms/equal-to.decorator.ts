import { ValidateBy } from 'class-validator';

/** The same as another property of the form. */
export function EqualTo(property: string, message: string): PropertyDecorator {
  return ValidateBy(
    {
      name: 'equalTo',
      constraints: [property],
      validator: {
        validate: (value: unknown, args) => value === (args?.object as Record<string, unknown>)[property],
      },
    },
    { message },
  );
}
