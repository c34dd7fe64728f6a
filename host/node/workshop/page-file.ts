/** The workshop page that ships with this package, in one file. */
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gunzipSync } from 'node:zlib'

/** Where it is, as seen from dist/, from dist/chunks/ and from the source. */
const PLACES = ['workshop.html.gz', '../workshop.html.gz', '../../../dist/workshop.html.gz'] as const

/** @throws Error where it was not built: a fault of ours, or a checkout before `make workshop` */
export function workshopPage(): Buffer {
  const here = dirname(fileURLToPath(import.meta.url))
  const found = PLACES.map((place) => join(here, place)).find((path) => existsSync(path))
  if (found === undefined) throw new Error('dist/workshop.html.gz is not built: `make workshop` first')
  return gunzipSync(readFileSync(found))
}
