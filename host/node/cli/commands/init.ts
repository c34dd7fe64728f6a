import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, dirname, isAbsolute, join, relative, resolve } from 'node:path'
import { isPlainObject } from '../../../../boards/plain-object.js'
import { printable } from '../../../../firmware/text/printable.js'
import { UsageError } from '../../../errors/errors.js'
import { keyed } from '../../../text/keyed.js'
import { say } from '../../../text/say.js'
import { reasonOf } from '../../files/reasons.js'
import { templates } from '../../scenario/templates.js'
import { PACKAGE_VERSION } from '../../version.js'
import type { ArgumentsOf } from '../arguments.js'
import { print, tell } from '../say.js'
import { WORDS } from '../words.js'
import type { INIT_COMMAND } from './init.command.js'

const DEFAULT_FIRMWARE = 'build/sketch.hex'

/** `linkpulse init`: the files of a first test, none of which is written over. */
export async function init(given: ArgumentsOf<typeof INIT_COMMAND>): Promise<number> {
  const [folder = '.'] = given.operands
  const firmware = given.text('firmware') ?? DEFAULT_FIRMWARE
  if (!/^[\w./-]+\.(hex|elf)$/.test(firmware)) {
    throw new UsageError(`--firmware takes the path of a .hex or .elf file, without spaces, not "${firmware}"`)
  }
  if (printable(folder) !== folder) {
    throw new UsageError(`the name of the folder has a character that nobody can see: "${folder}"; give another`)
  }
  for (const [name, text] of templates(firmware, /^\d/.test(PACKAGE_VERSION) ? `^${PACKAGE_VERSION}` : '*')) {
    const path = join(folder, name)
    try {
      mkdirSync(dirname(path), { recursive: true })
      writeFileSync(path, text, { flag: 'wx' })
    } catch (error) {
      if (!(error instanceof Error) || !('code' in error)) throw error
      if (error.code !== 'EEXIST') {
        throw new UsageError(`cannot write ${path}: ${reasonOf(error, path)}; give another folder`, { cause: error })
      }
      tell(`${path} is there already, and stays as it is\n`)
      continue
    }
    print(`${say(WORDS, keyed('init.wrote', { path }))}\n`)
  }
  const outside = packageOutside(folder)
  if (outside !== undefined) tell(`${say(WORDS, keyed('init.outside', { path: outside, name: basename(outside) }))}\n`)
  return 0
}

/** Where the project installs linkpulse from, if that is a file that a clone of the folder does not have. */
function packageOutside(folder: string): string | undefined {
  let manifest: unknown
  try {
    manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  } catch (error) {
    // One that is no JSON is npm's to refuse.
    if (error instanceof SyntaxError) return undefined
    throw error
  }
  if (!isPlainObject(manifest)) return undefined
  const of = (key: string) => (isPlainObject(manifest[key]) ? manifest[key].linkpulse : undefined)
  const given = of('devDependencies') ?? of('dependencies')
  const [, path] = /^file:(.*)$/.exec(typeof given === 'string' ? given : '') ?? []
  if (path === undefined) return undefined
  const way = relative(resolve(folder), resolve(folder, path))
  return way.startsWith('..') || isAbsolute(way) ? path : undefined
}
