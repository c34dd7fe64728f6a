/**
 * What TypeScript knows of the package: one file a door, with everything that its names mention and nothing else. The declarations that the
 * type check leaves in dist/types are a file a source file, and most of those are nobody's business.
 */
import { join } from 'node:path'
import { rolldown } from 'rolldown'
import { dts } from 'rolldown-plugin-dts'

const INTERFACE = 'node_modules/@serialport/bindings-interface/dist/index.d.ts'

/**
 * Writes dist/DOOR.d.ts for each door.
 * @param doors their names, and their sources without `.ts`, from the root
 */
export async function rollUpDeclarations(root: string, doors: Readonly<Record<string, string>>): Promise<void> {
  const input = Object.fromEntries(
    Object.entries(doors).map(([name, source]) => [name, join(root, 'dist/types', `${source}.d.ts`)]),
  )
  const rolled = await rolldown({
    input,
    plugins: dts({ dtsInput: true, tsconfig: false }),
    // Its own `exports` hide its types from whoever resolves by them: they come with ours.
    resolve: { alias: { '@serialport/bindings-interface': join(root, INTERFACE) } },
    // Packages that the installed package has, or whose door it is.
    external: /^(node:|@serialport\/stream$|vitest$)/,
  })
  await rolled.write({ dir: join(root, 'dist'), format: 'es', chunkFileNames: 'chunks/[name]-[hash].js' })
  await rolled.close()
}
