/**
 * Bundles the command line (dist/cli.js) and the library's doors (dist/index.js, node.js, web.js). Each command is a chunk of its own that is loaded
 * when it is asked for, so `linkpulse --version` loads next to nothing. Packages with native parts stay outside.
 */
import { chmodSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type BuildOptions, build } from 'esbuild'
import { rollUpDeclarations } from './declarations.js'
import { licencesOf } from './licences.js'

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
  define: { LINKPULSE_VERSION: JSON.stringify(version) },
  logLevel: 'warning',
  metafile: true,
} satisfies BuildOptions

// Commander is CommonJS, and asks for Node's own modules by `require`, under a name that no module of ours has.
const REQUIRE =
  "import { createRequire as requireFrom } from 'node:module';\nconst require = requireFrom(import.meta.url);"

const cli = await build({
  ...common,
  entryPoints: [{ in: 'host/node/cli/main.ts', out: 'cli' }],
  splitting: true,
  chunkNames: 'chunks/[name]-[hash]',
  banner: { js: `#!/usr/bin/env node\n${REQUIRE}` },
})
const library = await build({
  ...common,
  entryPoints: Object.entries(DOORS).map(([out, source]) => ({ in: `${source}.ts`, out })),
  // A user's own charts and ours are of one xstate.
  external: [...common.external, 'xstate'],
  splitting: true, // the doors share what they share: an error of one is an error of the other
  chunkNames: 'chunks/[name]-[hash]',
})
chmodSync(join(root, 'dist', 'cli.js'), 0o755)

const bundled = [cli, library].flatMap(({ metafile }) =>
  Object.values(metafile.outputs).flatMap(({ inputs }) => Object.keys(inputs)),
)
writeFileSync(join(root, 'dist', 'licences.txt'), licencesOf(root, bundled))

const written = new Set([cli, library].flatMap(({ metafile }) => Object.keys(metafile.outputs)))
for (const name of readdirSync(join(root, 'dist', 'chunks'))) {
  if (!written.has(`dist/chunks/${name}`)) rmSync(join(root, 'dist', 'chunks', name))
}
await rollUpDeclarations(root, DOORS)
