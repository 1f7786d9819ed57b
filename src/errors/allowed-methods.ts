import { Injectable } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { Application, Request } from 'express';
import { Assets } from '../rendering/assets';

interface Route {
  methods: Record<string, boolean>;
}

interface Layer {
  route?: Route;
  match(path: string): boolean;
}

/** Which methods a path could be asked with, from the routes of Express and the files that it serves; what Nest answers with 404 may be a 405. */
@Injectable()
export class AllowedMethods {
  constructor(
    private readonly host: HttpAdapterHost,
    private readonly assets: Assets,
  ) {}

  /** Empty where there is no such path, or where a route was found for the request. */
  of({ method, path, route }: Request): string[] {
    if (isFor(route as Route | undefined, method)) return [];
    if (this.assets.isAt(path)) return ['GET', 'HEAD'];
    const { router } = this.host.httpAdapter.getInstance<Application>();
    const methods = (router as unknown as { stack: Layer[] }).stack
      // `OPTIONS *` is about all of them.
      .filter((layer) => layer.route && (path === '*' || matches(layer, path)))
      .flatMap(({ route: found }) => Object.keys(found?.methods ?? {}))
      .map((method) => method.toUpperCase());
    return [...new Set(methods.flatMap((method) => (method === 'GET' ? ['GET', 'HEAD'] : [method])))].sort();
  }
}

/** A path that cannot be decoded matches nothing. */
function matches(layer: Layer, path: string): boolean {
  try {
    return layer.match(path);
  } catch {
    return false;
  }
}

/** Express tries HEAD with every route of the path, whatever that is for. */
function isFor(route: Route | undefined, method: string): boolean {
  if (!route) return false;
  return method !== 'HEAD' || 'get' in route.methods;
}
