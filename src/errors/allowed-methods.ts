import { Injectable } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { Application, Request } from 'express';

interface Layer {
  route?: { methods: Record<string, boolean> };
  match(path: string): boolean;
}

/** Which methods a path could be asked with, from the routes of Express; what Nest answers with 404 may be a 405. */
@Injectable()
export class AllowedMethods {
  constructor(private readonly host: HttpAdapterHost) {}

  /** Empty where there is no such path, or where a route was found for the request. */
  of({ path, route }: Request): string[] {
    if (route) return [];
    const { router } = this.host.httpAdapter.getInstance<Application>();
    const methods = (router as unknown as { stack: Layer[] }).stack
      .filter((layer) => layer.route && matches(layer, path))
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
