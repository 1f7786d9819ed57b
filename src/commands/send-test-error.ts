import { launch } from '../launch';

launch(() => import('./send-test-error.command.js'));
