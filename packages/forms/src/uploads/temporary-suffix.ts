/** Ends the names of temporary files, so that those of a process that has crashed can be told from those that were kept. */
export const TEMPORARY_SUFFIX = '.upload';
