import { formPartials } from '../src';

/** The HTML of one of the partials. */
export function renderPartial(name: string, data: object): string {
  const partial = formPartials[name];
  if (!partial) throw new Error(`There is no partial ${name}`);
  return partial(data);
}
