/**
 * Builds what ships: the command line (`command-line.ts`), the library's doors (dist/index.js, node.js, web.js …) with their declarations
 * (`declarations.ts`), and the workshop page (`workshop.ts`).
 */
import { chmodSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { bundleCommandLine } from './command-line.js'
import { rollUpDeclarations } from './declarations.js'
import { licencesOf } from './licences.js'
import { buildWorkshop } from './workshop.js'

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..')
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }

/** The doors of the package (package.json, exports), and what stands behind each. */
const DOORS = {
  index: 'host/index',
  node: 'host/node/index',
  web: 'host/web/index',
  net: 'host/node/net',
  // What a bundler for the browser finds behind the same door.
  'net-browser': 'host/net',
  register: 'host/node/net/register',
  vitest: 'host/node/vitest',
  serialport: 'host/node/serialport',
}

/** With native parts, or a user's own: they are installed, and not bundled. */
const PACKAGES_OUTSIDE = ['serialport', '@serialport', 'koffi', '@resvg', 'dejavu-fonts-ttf', 'ssh2', 'vitest'] as const

const commandLine = await bundleCommandLine(root, version, PACKAGES_OUTSIDE)
const library = await build({
  absWorkingDir: root,
  outdir: 'dist',
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  // A user's own charts and ours are of one xstate.
  external: [...PACKAGES_OUTSIDE, ...PACKAGES_OUTSIDE.map((name) => `${name}/*`), 'xstate'],
  // Its form for Node is CommonJS that requires `process`, which no bundle of ES modules can; the other one is the same in ES modules.
  alias: { yaml: join(root, 'node_modules/yaml/browser/index.js') },
  define: { LINKPULSE_VERSION: JSON.stringify(version) },
  logLevel: 'warning',
  metafile: true,
  entryPoints: Object.entries(DOORS).map(([out, source]) => ({ in: `${source}.ts`, out })),
  // Names stay as they are, and lines stay short: whoever reports a fault sends them.
  minifyWhitespace: true,
  minifySyntax: true,
  lineLimit: 160,
  splitting: true, // the doors share what they share: an error of one is an error of the other
  chunkNames: 'chunks/[name]-[hash]',
})
chmodSync(join(root, 'dist', 'cli.js'), 0o755)

const workshop = await buildWorkshop(root, version)

const bundled = [
  ...workshop,
  ...commandLine.inputs,
  ...Object.values(library.metafile.outputs).flatMap(({ inputs }) => Object.keys(inputs)),
]
writeFileSync(join(root, 'dist', 'licences.txt'), licencesOf(root, bundled))

const written = new Set([...commandLine.written, ...Object.keys(library.metafile.outputs)])
for (const name of readdirSync(join(root, 'dist', 'chunks'))) {
  if (!written.has(`dist/chunks/${name}`)) rmSync(join(root, 'dist', 'chunks', name))
}
await rollUpDeclarations(root, DOORS)
