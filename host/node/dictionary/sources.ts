/** What the results of a campaign depend on: the sources of everything that is simulated and measured, and of nothing that judges it. */
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const FOLDERS = ['firmware', 'boards', 'host/campaign', 'host/check', 'host/serial', 'host/target']
const NOT = /(^|\/)(images|bridge)\/|\.test\.ts$|^host\/check\/(diagnosis|report)\/|^host\/campaign\/learn\//

function filesUnder(root: string, folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`
    if (entry.isDirectory()) return filesUnder(root, path)
    return path.endsWith('.ts') && !NOT.test(path) ? [path] : []
  })
}

/** The same for the same sources, whatever commit they are of. */
export function sourcesHash(root: string): string {
  const hash = createHash('sha256')
  for (const path of FOLDERS.flatMap((folder) => filesUnder(root, folder)).sort()) {
    hash.update(`${path}\n`).update(readFileSync(join(root, path)))
  }
  return hash.digest('hex').slice(0, 16)
}
