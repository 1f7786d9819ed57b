import { launch } from './launch';

launch(() => import('./serve.js'));
