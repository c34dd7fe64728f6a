/**
 * Bundles the command line (dist/cli.js). Each command's work is a chunk of its own that is loaded when it is asked for. What is loaded at every start
 * are few files, however many ways lead to what is in them: to find, open and read one costs Node more than to run what is in it.
 */
import { join, relative } from 'node:path'
import { type OutputChunk, rolldown } from 'rolldown'

/**
 * @param external packages that stay outside, with all that is below them
 * @returns what was written, and what went into it, both by their paths from the root
 */
export async function bundleCommandLine(
  root: string,
  version: string,
  external: readonly string[],
): Promise<{ readonly written: readonly string[]; readonly inputs: readonly string[] }> {
  const bundle = await rolldown({
    cwd: root,
    // The second for the tests: many lines in one process. The third is what a campaign's processes run.
    input: {
      cli: 'host/node/cli/main.ts',
      'command-line': 'host/node/cli/command-line.ts',
      'campaign-worker': 'host/node/campaign-file/worker.ts',
    },
    platform: 'node',
    external: (id) => external.some((name) => id === name || id.startsWith(`${name}/`)),
    resolve: {
      alias: {
        // Node is given a CommonJS build of it, of which nothing can be left out.
        yaml: join(root, 'node_modules/yaml/browser/dist/index.js'),
        // mqtt-packet brings its own copy of Node's streams.
        'readable-stream': 'node:stream',
      },
    },
    transform: {
      define: {
        LINKPULSE_VERSION: JSON.stringify(version),
        // `ws` goes without the native packages that it would look for.
        'process.env.WS_NO_BUFFER_UTIL': '"1"',
        'process.env.WS_NO_UTF_8_VALIDATE': '"1"',
      },
      target: 'node20',
    },
  })
  const { output } = await bundle.write({
    dir: join(root, 'dist'),
    format: 'esm',
    entryFileNames: '[name].js',
    chunkFileNames: 'chunks/[name]-[hash].js',
    comments: false,
    // Names of functions and classes stay as they are: whoever reports a fault of ours sends them.
    minify: {
      compress: { keepNames: { function: true, class: true } },
      mangle: { keepNames: { function: true, class: true } },
      codegen: { removeWhitespace: true },
    },
    codeSplitting: {
      groups: [
        // main.ts itself stays alone: it awaits the command, and what others import must not wait for that.
        { name: 'start', tags: ['$initial'], test: (id) => !id.endsWith('/cli/main.ts'), priority: 1 },
        { name: 'every-command', test: (id) => id.endsWith('/cli/every-command.ts') },
      ],
    },
  })
  await bundle.close()
  const chunks = output.filter((each): each is OutputChunk => each.type === 'chunk')
  return {
    written: chunks.map(({ fileName }) => `dist/${fileName}`),
    inputs: chunks.flatMap(({ moduleIds }) => moduleIds.map((id) => relative(root, id))),
  }
}
