/**
 * Builds the workshop page: one file that opens from anywhere (dist/workshop.html), and a folder for any web server
 * (dist/workshop/). Nothing is loaded from elsewhere, and a policy in the page itself lets nothing else run: scripts and styles by
 * their hashes, no eval, no connection.
 */
import { createHash } from 'node:crypto'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { type BuildOptions, build } from 'esbuild'

const SOURCE = 'host/web/workshop'

const common = {
  bundle: true,
  write: false,
  metafile: true,
  minify: true,
  format: 'iife',
  platform: 'browser',
  target: 'es2022',
  // The page says that it is UTF-8.
  charset: 'utf8',
  legalComments: 'none',
  jsx: 'automatic',
  jsxImportSource: 'preact',
  logLevel: 'warning',
} satisfies BuildOptions

/** @returns the files that went into the page, from the root: their licences go with it */
export async function buildWorkshop(root: string, version: string): Promise<string[]> {
  const bundled = async (name: string) => {
    const built = await build({ ...common, absWorkingDir: root, entryPoints: [`${SOURCE}/${name}`] })
    // What a package's "browser" field switches off is an empty module to esbuild, and no error.
    const inputs = Object.keys(built.metafile.inputs)
    const empty = inputs.filter((each) => each.startsWith('(disabled)'))
    if (empty.length > 0) throw new Error(`${name} does not run in a browser as it is: ${empty.join(', ')}`)
    return { text: built.outputFiles[0].text.trimEnd(), inputs }
  }
  const [page, worker] = await Promise.all([bundled('page.tsx'), bundled('worker.ts')])
  const css = (
    await build({ entryPoints: [join(root, SOURCE, 'style.css')], minify: true, write: false })
  ).outputFiles[0].text.trimEnd()

  const file = singleFile(page.text, worker.text, css, version)
  writeFileSync(join(root, 'dist/workshop.html'), file)
  // What ships is a third as long.
  writeFileSync(join(root, 'dist/workshop.html.gz'), gzipSync(file, { level: 9 }))
  const folder = join(root, 'dist/workshop')
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder)
  const policy =
    "default-src 'none'; script-src 'self'; worker-src 'self'; style-src 'self'; img-src data:; base-uri 'none'; form-action 'none'"
  const head = '<link rel="stylesheet" href="style.css">'
  for (const [name, text] of Object.entries({
    'index.html': documentOf(version, policy, head, '<script src="page.js"></script>'),
    'page.js': page.text,
    'simulation.js': worker.text,
    'style.css': css,
  }))
    writeFileSync(join(folder, name), text)
  return [...page.inputs, ...worker.inputs]
}

/** Of what stands in an element, as a policy wants it (CSP 3, 2.3.1). */
function hashOf(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`
}

/** A script ends at the first `</script`, wherever it stands; so it stands nowhere. */
const inElement = (script: string) => script.replaceAll('</script', '<\\/script').replaceAll('<!--', '<\\!--')

function singleFile(page: string, worker: string, css: string, version: string): string {
  const script = inElement(page)
  // The worker is made from a Blob of this block, which is no script to the page. It inherits the policy, and evaluates nothing.
  const policy = [
    "default-src 'none'",
    `script-src ${hashOf(script)}`,
    `style-src ${hashOf(css)}`,
    'worker-src blob:',
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ')
  const blocks = [
    `<script type="text/plain" id="simulation">${inElement(worker)}</script>`,
    `<script>${script}</script>`,
  ]
  return documentOf(version, policy, `<style>${css}</style>`, blocks.join('\n'))
}

function documentOf(version: string, policy: string, head: string, scripts: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="generator" content="linkpulse ${version}">
<title>linkpulse workshop</title>
<link rel="icon" href="data:,">
${head}
</head>
<body>
<div id="app"><noscript>This page runs a simulator: it needs JavaScript. 本页运行一个仿真器，需要 JavaScript。</noscript></div>
${scripts}
</body>
</html>
`
}
