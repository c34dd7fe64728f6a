/** An empty project with the package installed in it, as `npm install` of what `npm pack` makes would leave it: no network is needed. */
import { execFileSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { root } from '../cli/command.js'

export interface Installed {
  /** The project. */
  readonly folder: string
  /** What was packed. */
  readonly tarball: string
  /** Octets of all that was installed. */
  readonly octets: number
  /** The packages beside it, in the order of their names. */
  readonly packages: readonly string[]
}

interface Manifest {
  readonly dependencies?: Readonly<Record<string, string>>
  readonly optionalDependencies?: Readonly<Record<string, string>>
}

const manifestIn = (folder: string) => JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest

/** Where Node finds a package that one in `from` asks for: beside it, or in a folder above. */
function found(name: string, from: string): string | undefined {
  for (let folder = from; ; folder = dirname(folder)) {
    const place = join(folder, 'node_modules', name)
    if (existsSync(join(place, 'package.json'))) return place
    if (folder === root || folder === dirname(folder)) return undefined
  }
}

/** The folders of all packages that this one depends on, and those on, as npm has laid them out in our own node_modules. */
function closure(manifest: Manifest, from: string, into = new Set<string>()): Set<string> {
  const wanted = Object.keys(manifest.dependencies ?? {}).map((name) => ({ name, mayMiss: false }))
  wanted.push(...Object.keys(manifest.optionalDependencies ?? {}).map((name) => ({ name, mayMiss: true })))
  for (const { name, mayMiss } of wanted) {
    const place = found(name, from)
    if (place === undefined) {
      if (mayMiss) continue
      throw new Error(`${from} depends on ${name}, which is not installed here`)
    }
    if (into.has(place)) continue
    into.add(place)
    closure(manifestIn(place), place, into)
  }
  return into
}

function octetsIn(path: string): number {
  const stat = statSync(path)
  if (!stat.isDirectory()) return stat.size
  return readdirSync(path).reduce((sum, name) => sum + octetsIn(join(path, name)), 0)
}

/** Packs, and installs into a new folder. */
export function install(): Installed {
  const folder = mkdtempSync(join(tmpdir(), 'linkpulse-installed-'))
  const words = ['pack', '--json', '--ignore-scripts', '--offline', '--pack-destination', folder]
  const [{ filename }] = JSON.parse(execFileSync('npm', words, { cwd: root, encoding: 'utf8' })) as {
    filename: string
  }[]
  const tarball = join(folder, filename)
  const place = join(folder, 'node_modules', 'linkpulse')
  mkdirSync(place, { recursive: true })
  execFileSync('tar', ['-xzf', tarball, '-C', place, '--strip-components=1'])
  const ours = join(root, 'node_modules')
  const packages = [...closure(manifestIn(place), root)].map((from) => from.slice(ours.length + 1)).sort()
  for (const name of packages) {
    // One inside another comes with it.
    if (name.includes('node_modules')) continue
    cpSync(join(ours, name), join(folder, 'node_modules', name), { recursive: true })
  }
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'somebodys', private: true, type: 'module' }))
  return { folder, tarball, octets: octetsIn(join(folder, 'node_modules')), packages }
}
