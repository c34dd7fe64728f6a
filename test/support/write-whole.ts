import { OutputFile } from '../../host/node/files/output.js'

/** Writes a whole file at once. @throws UsageError when it cannot be written; what was there before still is */
export function writeWhole(what: string, path: string, content: string | Uint8Array): void {
  const file = new OutputFile(what, path)
  file.open()
  file.write(content)
  file.close()
}
