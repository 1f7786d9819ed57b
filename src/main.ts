import { launch } from './launch';

launch(() => import('./serve.js'), { isServer: true });
