/**
 * Bundles the command line (dist/cli.js), the workshop page (`workshop.ts`) and the library's doors (dist/index.js, node.js, web.js). Each command is a chunk of its own that is loaded
 * when it is asked for, so `linkpulse --version` loads next to nothing. Packages with native parts stay outside.
 */
import { chmodSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { isBuiltin } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type BuildOptions, build, type Metafile } from 'esbuild'
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
  net: 'host/net',
  vitest: 'host/node/vitest',
  serialport: 'host/node/serialport',
}

const common = {
  absWorkingDir: root,
  outdir: 'dist',
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  external: ['serialport', '@serialport/*', 'koffi', '@resvg/*', 'dejavu-fonts-ttf', 'vitest'] as string[],
  define: {
    LINKPULSE_VERSION: JSON.stringify(version),
    // `ws` goes without the native packages that it would look for.
    'process.env.WS_NO_BUFFER_UTIL': '"1"',
    'process.env.WS_NO_UTF_8_VALIDATE': '"1"',
  },
  logLevel: 'warning',
  metafile: true,
} satisfies BuildOptions

/**
 * Commander is CommonJS, and asks for Node's own modules by `require`, which an ES module lacks. esbuild leaves its helper for that in one chunk;
 * that chunk is given a `require`, and no other: each line that every chunk has is paid at every start.
 * @throws Error where something is required that is no module of Node's own
 */
function giveRequire({ outputs }: Metafile): void {
  for (const [file, { imports }] of Object.entries(outputs)) {
    const foreign = imports.find(({ kind, path, external }) => kind === 'require-call' && external && !isBuiltin(path))
    if (foreign !== undefined) throw new Error(`${file} requires ${foreign.path}; import it, or bundle it`)
    if (!file.endsWith('.js')) continue
    const text = readFileSync(join(root, file), 'utf8')
    if (!text.includes('typeof require ')) continue
    writeFileSync(join(root, file), `const require = (name) => process.getBuiltinModule(name);\n${text}`)
  }
}

const cli = await build({
  ...common,
  entryPoints: [{ in: 'host/node/cli/main.ts', out: 'cli' }],
  splitting: true,
  chunkNames: 'chunks/[name]-[hash]',
})
giveRequire(cli.metafile)
const library = await build({
  ...common,
  entryPoints: Object.entries(DOORS).map(([out, source]) => ({ in: `${source}.ts`, out })),
  // A user's own charts and ours are of one xstate.
  external: [...common.external, 'xstate'],
  splitting: true, // the doors share what they share: an error of one is an error of the other
  chunkNames: 'chunks/[name]-[hash]',
})
chmodSync(join(root, 'dist', 'cli.js'), 0o755)

const workshop = await buildWorkshop(root, version)

const bundled = [
  ...workshop,
  ...[cli, library].flatMap(({ metafile }) =>
    Object.values(metafile.outputs).flatMap(({ inputs }) => Object.keys(inputs)),
  ),
]
writeFileSync(join(root, 'dist', 'licences.txt'), licencesOf(root, bundled))

const written = new Set([cli, library].flatMap(({ metafile }) => Object.keys(metafile.outputs)))
for (const name of readdirSync(join(root, 'dist', 'chunks'))) {
  if (!written.has(`dist/chunks/${name}`)) rmSync(join(root, 'dist', 'chunks', name))
}
await rollUpDeclarations(root, DOORS)
