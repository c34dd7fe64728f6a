/**
 * Where Wireshark looks for programs that capture (extcap) and for Lua plugins of one person, and what is put there: a launcher that starts
 * this installation, and the dissectors. Nothing is replaced or taken away that was not put there by us.
 */
import { chmodSync, existsSync, lstatSync, mkdirSync, readFileSync, unlinkSync } from 'node:fs'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { UsageError } from '../../errors/errors.js'
import { shellQuoted } from '../../shell-word.js'
import { OutputFile } from '../files/output.js'
import { reasonOf } from '../files/reasons.js'

/** In the first lines of what is ours. */
const MARK = 'linkpulse extcap --install'
/** So much of a file is read to find it. */
const LOOKED_AT = 400

/** The package's own, as seen from dist/, from dist/chunks/ and from the source. */
const ROOTS = ['..', '../..', '../../..'] as const

/** A file of this package. @throws Error when it is not there: a fault of the package */
function ofPackage(path: string): string {
  const here = dirname(fileURLToPath(import.meta.url))
  const found = ROOTS.map((root) => join(here, root, path)).find((each) => existsSync(each))
  if (found === undefined) throw new Error(`${path} is not in this package`)
  return found
}

interface Piece {
  readonly path: string
  readonly content: () => string
  readonly isProgram: boolean
}

interface Surroundings {
  readonly platform: NodeJS.Platform
  readonly home: string
  readonly env: Readonly<Record<string, string | undefined>>
}

/**
 * The folders for programs: up to Wireshark 4.0 that of its settings, from 4.2 on one beside the plugins (release notes of 4.2). One that is not the
 * installed version's is not looked at, so both get the launcher, and a new version finds it.
 */
function extcapFolders({ platform, home, env }: Surroundings): readonly string[] {
  if (platform === 'win32') return [join(env.APPDATA ?? join(home, 'AppData/Roaming'), 'Wireshark/extcap')]
  const settings = env.XDG_CONFIG_HOME || join(home, '.config')
  return [join(settings, 'wireshark/extcap'), join(home, '.local/lib/wireshark/extcap')]
}

function pluginFolder({ platform, home, env }: Surroundings): string {
  if (platform === 'win32') return join(env.APPDATA ?? join(home, 'AppData/Roaming'), 'Wireshark/plugins')
  return join(home, '.local/lib/wireshark/plugins')
}

/** What starts `linkpulse extcap`, wherever node and the package are. */
export function launcher(platform: NodeJS.Platform, node: string, program: string): string {
  if (platform === 'win32') {
    // A percent sign is a variable's, also between quotation marks.
    const quoted = (text: string) => `"${text.replaceAll('%', '%%')}"`
    return `@echo off\r\nrem Written by \`${MARK}\`, which may replace this file.\r\n${quoted(node)} ${quoted(program)} extcap %*\r\n`
  }
  const command = `exec ${shellQuoted(node)} ${shellQuoted(program)} extcap "$@"`
  return `#!/bin/sh\n# Written by \`${MARK}\`, which may replace this file.\n${command}\n`
}

function pieces(surroundings: Surroundings): readonly Piece[] {
  const { platform } = surroundings
  const name = platform === 'win32' ? 'linkpulse.bat' : 'linkpulse'
  return [
    ...extcapFolders(surroundings).map((folder) => ({
      path: join(folder, name),
      content: () => launcher(platform, process.execPath, ofPackage('dist/cli.js')),
      isProgram: true,
    })),
    {
      path: join(pluginFolder(surroundings), 'linkpulse.lua'),
      content: () => readFileSync(ofPackage('wireshark/linkpulse.lua'), 'utf8'),
      isProgram: false,
    },
  ]
}

/** What stands at a path: nothing, a file of ours, or somebody else's. */
function whatIsAt(path: string): 'nothing' | 'ours' | 'not ours' {
  const found = lstatSync(path, { throwIfNoEntry: false })
  if (found === undefined) return 'nothing'
  if (!found.isFile()) return 'not ours'
  return readFileSync(path, 'utf8').slice(0, LOOKED_AT).includes(MARK) ? 'ours' : 'not ours'
}

const ownSurroundings = (): Surroundings => ({ platform: process.platform, home: homedir(), env: process.env })

/** @throws UsageError for a path that cannot be looked at or written, saying why */
function attempt<T>(path: string, work: () => T): T {
  try {
    return work()
  } catch (error) {
    if (error instanceof UsageError) throw error
    throw new UsageError(`cannot write ${path}: ${reasonOf(error, path)}; make its folder writable for you`, {
      cause: error,
    })
  }
}

/**
 * Puts everything in its place.
 * @returns the paths of what was written
 * @throws UsageError, before anything is written, where something stands that is not ours
 */
export function installForWireshark(surroundings: Surroundings = ownSurroundings()): readonly string[] {
  const all = pieces(surroundings)
  for (const { path } of all) {
    if (attempt(path, () => whatIsAt(path)) === 'not ours') {
      throw new UsageError(`${path} is there already, and linkpulse did not write it; move it away, then install again`)
    }
  }
  for (const { path, content, isProgram } of all) {
    attempt(path, () => {
      mkdirSync(dirname(path), { recursive: true })
      const file = new OutputFile('--install', path)
      file.write(content())
      file.close()
      if (isProgram) chmodSync(path, 0o755)
    })
  }
  return all.map(({ path }) => path)
}

/** Takes away what `installForWireshark` put there, of any version. @returns the paths of what was taken away, and of what is not ours and stays */
export function uninstallForWireshark(surroundings: Surroundings = ownSurroundings()): {
  readonly removed: readonly string[]
  readonly kept: readonly string[]
} {
  const removed: string[] = []
  const kept: string[] = []
  for (const { path } of pieces(surroundings)) {
    attempt(path, () => {
      const what = whatIsAt(path)
      if (what === 'not ours') kept.push(path)
      if (what !== 'ours') return
      unlinkSync(path)
      removed.push(path)
    })
  }
  return { removed, kept }
}
