import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
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
  return 0
}
