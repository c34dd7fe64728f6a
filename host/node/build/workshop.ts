/**
 * Builds the workshop page: one file that opens from anywhere (dist/workshop.html), and a folder for any web server
 * (dist/workshop/). Nothing is loaded from elsewhere, and a policy in the page itself lets nothing else run: scripts and styles by
 * their hashes, no eval, no connection.
 *
 * The simulation is in three pieces, so that nothing is there twice and what only the bench needs is loaded with the bench: `shared`, what both
 * `simulation` (all other stations) and `bench` (checks, an emulated controller, and the bench itself) stand on.
 */
import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { minifySync } from '@swc/core'
import { type BuildOptions, build, type Metafile, type Plugin } from 'esbuild'

const SOURCE = 'host/web/workshop'

/** What `shared` leaves for the other pieces, as a global: classic scripts import nothing, and a worker that is made from a Blob can import nothing. */
const SHARED_GLOBAL = 'linkpulseShared'

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

/**
 * Words of commands that do not run in the page are among all words, 30 kB by gzip: by their file, the name that each exports. That the page says
 * none of them is seen to by `refuseLeftOutWords`.
 */
const WORDS_OF_COMMANDS: Readonly<Record<string, string>> = {
  against: 'AGAINST_WORDS',
  audit: 'AUDIT_WORDS',
  board: 'BOARD_WORDS',
  campaign: 'CAMPAIGN_WORDS',
  'chip-prompt': 'CHIP_PROMPT_WORDS',
  compare: 'COMPARE_WORDS',
  demo: 'DEMO_WORDS',
  drill: 'DRILL_WORDS',
  'drill-errors': 'DRILL_ERRORS',
  extcap: 'EXTCAP_WORDS',
  'fault-list': 'FAULT_LIST_WORDS',
  lab: 'LAB_WORDS',
  ladder: 'LADDER_WORDS',
  lines: 'LINES_WORDS',
  'net-stat': 'NET_STAT_WORDS',
  ping: 'PING_WORDS',
  terminal: 'TERMINAL_WORDS',
}
const withoutCommands: Plugin = {
  name: 'without the words of commands',
  setup({ onLoad }) {
    const files = new RegExp(`host/text/(en|zh)/(${Object.keys(WORDS_OF_COMMANDS).join('|')})\\.ts$`)
    onLoad({ filter: files }, ({ path }) => {
      const [, language, file] = files.exec(path)!
      return { contents: `export const ${WORDS_OF_COMMANDS[file]}${language === 'zh' ? '_ZH' : ''} = {}` }
    })
  },
}

/** The page's policy has no functions made of text: an emulated controller interprets there, and carries nothing that translates. */
const withoutTranslation: Plugin = {
  name: 'without translated loops',
  setup({ onLoad }) {
    onLoad({ filter: /boards\/avr\/translation\/loops\.ts$/ }, () => ({
      contents: 'export const INTERPRETED = 0; export function loopTableOf() {}',
    }))
  },
}

/** @returns the files that went into the page, from the root: their licences go with it */
export async function buildWorkshop(root: string, version: string): Promise<string[]> {
  const [page, chinese, pieces] = await Promise.all([
    bundled(root, 'page.tsx'),
    bundled(root, 'chinese.ts', 'linkpulseChinese'),
    simulationPieces(root),
  ])
  const css = (
    await build({ entryPoints: [join(root, SOURCE, 'style.css')], minify: true, write: false })
  ).outputFiles[0].text.trimEnd()

  const file = singleFile(page.text, chinese.text, pieces, css, version)
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
    'shared.js': pieces.shared,
    'simulation.js': pieces.simulation,
    'bench.js': pieces.bench,
    'chinese.js': chinese.text,
    'worker.js': "importScripts('shared.js','simulation.js')",
    'bench-worker.js': "importScripts('shared.js','bench.js','simulation.js')",
    'style.css': css,
  }))
    writeFileSync(join(folder, name), text)
  const inputs = [...page.inputs, ...chinese.inputs, ...pieces.inputs]
  await refuseLeftOutWords(root, inputs)
  return inputs
}

/** @param globalName the global that it leaves, if any */
async function bundled(
  root: string,
  entry: string,
  globalName?: string,
): Promise<{ readonly text: string; readonly inputs: readonly string[] }> {
  const built = await build({
    ...common,
    absWorkingDir: root,
    entryPoints: [`${SOURCE}/${entry}`],
    ...(globalName === undefined ? {} : { globalName }),
  })
  return { text: minified(built.outputFiles[0].text), inputs: inputsOf(built.metafile) }
}

/**
 * What esbuild has bundled, shorter by another 3 % of what is loaded: it folds what is constant and joins what follows one another, which esbuild leaves.
 * @param script one that is evaluated as a script: the global it leaves keeps its name
 */
function minified(script: string): string {
  return minifySync(script, {
    compress: { passes: 2, ecma: 2020 },
    mangle: true,
    ecma: 2020,
    module: false,
  }).code.trimEnd()
}

/**
 * A sentence that is left out would be `undefined` where somebody reads it.
 * @param inputs the files that went into the page, from the root
 * @throws Error for a file of the page that says one, or one of those that begin with a word of its own
 */
async function refuseLeftOutWords(root: string, inputs: readonly string[]): Promise<void> {
  const leftOut = new Set<string>()
  for (const [file, name] of Object.entries(WORDS_OF_COMMANDS)) {
    const words = (await import(`../../text/en/${file}.js`)) as Readonly<Record<string, object>>
    for (const key of Object.keys(words[name])) {
      leftOut.add(key)
      // `terminal.${what}` may be any of them.
      for (let dot = key.indexOf('.'); dot >= 0; dot = key.indexOf('.', dot + 1))
        leftOut.add(`${key.slice(0, dot + 1)}\${`)
    }
  }
  for (const file of inputs) {
    if (file.startsWith('node_modules/') || /^host\/text\/(en|zh)\//.test(file)) continue
    const text = readFileSync(join(root, file), 'utf8')
    for (const [, key, begin] of text.matchAll(/['"]([a-z][\w.-]*)['"]|`([a-z][\w.-]*\.\$\{)/g)) {
      const said = key ?? begin
      if (leftOut.has(said))
        throw new Error(`the page has no words for '${said}', which ${file} says: WORDS_OF_COMMANDS leaves them out`)
    }
  }
}

/** @throws Error for what a package's "browser" field switches off: that is an empty module to esbuild, and no error */
function inputsOf({ inputs }: Metafile): string[] {
  const names = Object.keys(inputs)
  const empty = names.filter((each) => each.startsWith('(disabled)'))
  if (empty.length > 0) throw new Error(`the page does not run in a browser as it is: ${empty.join(', ')}`)
  return names
}

interface Pieces {
  readonly shared: string
  readonly simulation: string
  readonly bench: string
}

/** esbuild finds what both have in common, as ES modules; each module is then made a script that hands over, or takes, a global. */
async function simulationPieces(root: string): Promise<Pieces & { readonly inputs: readonly string[] }> {
  const built = await build({
    ...common,
    minify: false,
    absWorkingDir: root,
    entryPoints: { simulation: `${SOURCE}/worker.ts`, bench: `${SOURCE}/bench/doors.ts` },
    plugins: [withoutCommands, withoutTranslation],
    outdir: 'dist',
    format: 'esm',
    splitting: true,
    chunkNames: 'shared',
  })
  const module = (name: string): string => {
    const found = built.outputFiles.filter(({ path }) => path === join(root, 'dist', `${name}.js`))
    if (found.length !== 1 || built.outputFiles.length !== 3) throw new Error(`the simulation is not in three pieces`)
    return found[0].text
  }
  const names = built.metafile.outputs['dist/shared.js'].exports
  // Each name stands where it is handed over and wherever it is taken: a short one is 1 % of what is loaded first.
  const short = new Map(names.map((name, index) => [name, `$${index.toString(36)}`]))
  const shared: Plugin = {
    name: 'shared',
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /^\.\/shared\.js$/ }, () => ({ path: SHARED_GLOBAL, namespace: 'shared' }))
      onLoad({ filter: /.*/, namespace: 'shared' }, () => ({
        // A name that nobody takes is left out.
        contents: names
          .map((name) => `export const ${name} = /* @__PURE__ */ (() => ${SHARED_GLOBAL}.${short.get(name)})()`)
          .join('\n'),
      }))
    },
  }
  const script = async (contents: string, options: Pick<BuildOptions, 'globalName' | 'plugins'>) => {
    const { outputFiles } = await build({ ...common, ...options, stdin: { contents, loader: 'js' } })
    return minified(outputFiles[0].text)
  }
  return {
    shared: await script(underShortNames(module('shared'), short), { globalName: SHARED_GLOBAL }),
    simulation: await script(module('simulation'), { plugins: [shared] }),
    bench: await script(module('bench'), { plugins: [shared] }),
    inputs: inputsOf(built.metafile),
  }
}

/** @param source an ES module as esbuild writes one: its exports are one list, at its end */
function underShortNames(source: string, short: ReadonlyMap<string, string>): string {
  const begin = source.lastIndexOf('export {')
  const list = source.slice(begin).replace(/(?:\S+ as )?(\S+?)(?=,?$)/gm, (entry, name: string) => {
    const written = short.get(name)
    return written === undefined ? entry : `${entry.replace(/ as .*/, '')} as ${written}`
  })
  return source.slice(0, begin) + list
}

/** Of what stands in an element, as a policy wants it (CSP 3, 2.3.1). */
function hashOf(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`
}

/** A script ends at the first `</script`, wherever it stands; so it stands nowhere. */
const inElement = (script: string) => script.replaceAll('</script', '<\\/script').replaceAll('<!--', '<\\!--')

function singleFile(page: string, words: string, pieces: Pieces, css: string, version: string): string {
  const script = inElement(page)
  const [shared, bench, simulation, chinese] = [pieces.shared, pieces.bench, pieces.simulation, words].map(inElement)
  // Workers are made from Blobs of blocks, which are no scripts to the page. They inherit the policy, and evaluate nothing. The page itself runs
  // two of the blocks where a real board is checked, and one where it speaks Chinese.
  const policy = [
    "default-src 'none'",
    `script-src ${[script, shared, bench, chinese].map(hashOf).join(' ')}`,
    `style-src ${hashOf(css)}`,
    'worker-src blob:',
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ')
  const block = (name: string, text: string) => `<script type="text/plain" id="${name}">${text}</script>`
  const blocks = [
    block('shared', shared),
    block('simulation', simulation),
    block('bench', bench),
    block('chinese', chinese),
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
