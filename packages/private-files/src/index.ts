export {
  PRIVATE_FILE_MODE,
  PRIVATE_UMASK,
  isPrivate,
  makePrivate,
  makePrivateDirectory,
  makePrivateFile,
} from './private-files';
