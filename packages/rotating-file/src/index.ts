export { RotatingFile, RotatingFileOptions } from './rotating-file';
