/**
 * Packages that linkpulse does without until something is asked of it that needs them: with native parts, or large. Whoever installs
 * linkpulse installs these by hand, and is told so when it comes to it.
 */
import { createRequire } from 'node:module'
import { UsageError } from '../errors/errors.js'

/** What each is for, as the end of the sentence "… needs the package …". */
const NEEDED_FOR = {
  koffi: 'a pseudo-terminal, a TAP device or a packet socket',
  '@resvg/resvg-js': 'a .png',
  'dejavu-fonts-ttf': 'a .png',
  ssh2: 'SSH',
} as const

export type OptionalPackage = keyof typeof NEEDED_FOR

const require = createRequire(import.meta.url)

/** What Node says of a missing module, and of a shared object that does not load here. */
const ABSENT = 'MODULE_NOT_FOUND'

/**
 * Says which package is missing, what for, and how to have it.
 * @param instead what does without it
 */
export function missing(name: OptionalPackage, error: unknown, instead: string): UsageError {
  const { code, message } = error as NodeJS.ErrnoException
  const isAbsent = code === ABSENT || code === 'ERR_MODULE_NOT_FOUND'
  const reason = isAbsent ? 'which is not installed' : `which does not load here (${message.split('\n')[0]})`
  const remedy = isAbsent ? `npm install ${name}, or ${instead}` : instead
  return new UsageError(`${NEEDED_FOR[name]} needs the package ${name}, ${reason}: ${remedy}`, { cause: error })
}

/**
 * The C library's calls, through koffi.
 * @throws UsageError where koffi is not installed
 */
export function loadKoffi(instead: string): typeof import('koffi') {
  try {
    return require('koffi') as typeof import('koffi')
  } catch (error) {
    throw missing('koffi', error, instead)
  }
}

/**
 * The path of a file in a package that is nothing but files.
 * @throws UsageError where it is not installed
 */
export function packageFile(name: OptionalPackage, file: string, instead: string): string {
  try {
    return require.resolve(`${name}/${file}`)
  } catch (error) {
    throw missing(name, error, instead)
  }
}

/** Whether it can be loaded, as far as its being there says; nothing of it is run. */
export function isInstalled(name: OptionalPackage): boolean {
  try {
    require.resolve(name)
    return true
  } catch {
    return false
  }
}

/** @throws UsageError where it is not installed */
export function refuseWithout(name: OptionalPackage, instead: string): void {
  packageFile(name, 'package.json', instead)
}

/**
 * SSH, client and server.
 * @throws UsageError where ssh2 is not installed
 */
export async function loadSsh2(instead: string): Promise<typeof import('ssh2')> {
  try {
    return (await import('ssh2')).default as unknown as typeof import('ssh2')
  } catch (error) {
    throw missing('ssh2', error, instead)
  }
}
