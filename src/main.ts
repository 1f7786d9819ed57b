import { launch } from './launch';

launch(() => import('./run.js'), { isServer: true });
