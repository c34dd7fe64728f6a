/** Bundles for a browser, with nothing in them that stands for something else. */
import { join } from 'node:path'
import { build } from 'esbuild'

const root = join(import.meta.dirname, '..', '..')

/**
 * One file of a classic script.
 * @param entry relative to the project
 * @param define as esbuild has it: values of names that the source declares
 * @throws Error for an import of Node's, and for a package that is left out or replaced by nothing in a browser
 */
export async function bundleForBrowser(entry: string, define: Readonly<Record<string, string>> = {}): Promise<string> {
  const { outputFiles, metafile } = await build({
    absWorkingDir: root,
    entryPoints: [entry],
    bundle: true,
    write: false,
    metafile: true,
    format: 'iife',
    platform: 'browser',
    define,
    // Characters beyond ASCII as escapes: a file has no header that says how it is to be read.
    charset: 'ascii',
    legalComments: 'none',
    logLevel: 'silent', // it throws what there is to say
  })
  // What a package's "browser" field switches off is an empty module to esbuild, and no error.
  const empty = Object.keys(metafile.inputs).filter((name) => name.startsWith('(disabled)'))
  const left = Object.values(metafile.outputs).flatMap(({ imports }) => imports.map(({ path }) => path))
  if (empty.length + left.length > 0)
    throw new Error(`${entry} does not run in a browser as it is: ${[...empty, ...left].join(', ')}`)
  return outputFiles[0].text
}

/** A page of its own, to be opened from a file: everything is in it. */
export async function pageForBrowser(): Promise<string> {
  const worker = await bundleForBrowser('test/browser/in-worker.ts')
  const page = await bundleForBrowser('test/browser/in-page.ts', { WORKER_SOURCE: JSON.stringify(worker) })
  return `<!doctype html><title>linkpulse</title><script>${page.replaceAll('</script', '<\\/script')}</script>`
}
