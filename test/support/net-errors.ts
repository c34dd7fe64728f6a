/** What a call says that cannot do what it was asked: for tests. */
import { NetError, type NetErrorCode } from '../../firmware/net/errors.js'

function errorOf(call: () => unknown): NetError | undefined {
  try {
    call()
  } catch (error) {
    if (error instanceof NetError) return error
    throw error
  }
  return undefined
}

/** The message of the NetError that a call throws; `nothing` when it throws none. */
export function thrown(call: () => unknown): string {
  return errorOf(call)?.message ?? 'nothing'
}

/** Its code; undefined when it throws none. */
export function codeOf(call: () => unknown): NetErrorCode | undefined {
  return errorOf(call)?.code
}
