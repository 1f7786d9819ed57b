import type { NestExpressApplication } from '@nestjs/platform-express';
import type { Application } from 'express';

export interface Route {
  readonly method: string;
  /** As it is declared, such as `/user/:username`. */
  readonly path: string;
}

interface Layer {
  readonly route?: { readonly path: string; readonly methods: Readonly<Record<string, boolean>> };
}

/** Every route of the running application, so that a walk over them cannot forget a new one. */
export function routesOf(app: NestExpressApplication): Route[] {
  const { router } = app.getHttpAdapter().getInstance() as Application;
  const { stack } = router as unknown as { readonly stack: Layer[] };
  return stack.flatMap(({ route }) =>
    Object.keys(route?.methods ?? {}).map((method) => ({
      method: method.toUpperCase(),
      path: route?.path ?? '',
    })),
  );
}

/** An address of the route, with its parameters filled in. */
export function addressOf({ path }: Route, parameters: Readonly<Record<string, string>>): string {
  return path.replace(/:(\w+)/g, (_match, name: string) => {
    const value = parameters[name];
    if (value === undefined) throw new Error(`Say what :${name} of ${path} is`);
    return value;
  });
}
