/** The prototypes of an instance, or of a prototype with itself, the nearest first; without that of all objects. */
export function prototypesOf(data: object): object[] {
  const prototypes: object[] = [];
  const isPrototype = Object.hasOwn(data, 'constructor') && data.constructor.prototype === data;
  for (let at = isPrototype ? data : above(data); at && at !== Object.prototype; at = above(at))
    prototypes.push(at);
  return prototypes;
}

function above(object: object): object | null {
  return Object.getPrototypeOf(object) as object | null;
}
