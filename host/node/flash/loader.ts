import { type Clock, MILLISECOND } from '../../../firmware/hal/clock.js'
import { TargetError } from '../../errors/errors.js'
import { NoAnswerError } from './exchange.js'

/** What a boot loader does for a programmer, whichever protocol it speaks. Each throws a TargetError that says what to try. */
export interface FlashLoader {
  /** Until the boot loader answers in step. */
  synchronise(): Promise<void>
  /** The controller's signature: three octets (1E 95 0F for the ATmega328P). */
  signature(): Promise<Uint8Array>
  enterProgramming(): Promise<void>
  /** @param address in octets */
  writePage(address: number, page: Uint8Array): Promise<void>
  readPage(address: number, length: number): Promise<Uint8Array>
  /** The board starts what was flashed. */
  leaveProgramming(): Promise<void>
}

/** Of a question that a boot loader answered as it should not have, or not at all. */
export function loaderFailed(path: string, what: string, why: string): TargetError {
  return new TargetError(
    `the boot loader on ${path} was asked ${what}, and ${why}; check the cable, then start the upload again`,
  )
}

/**
 * @param what it was asked, in words: `to enter programming mode`
 * @throws TargetError when no answer, or not all of it, comes in time
 */
export async function answerInTime<T>(clock: Clock, path: string, what: string, answer: Promise<T>): Promise<T> {
  const began = clock.now
  try {
    return await answer
  } catch (error) {
    if (!(error instanceof NoAnswerError)) throw error
    const waited = Math.round((clock.now - began) / MILLISECOND)
    throw loaderFailed(path, what, `${error.message} in ${waited} ms`)
  }
}
