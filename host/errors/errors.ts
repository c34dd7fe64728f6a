/** What can go wrong with a target, told so that a person knows what to do. Each has its exit status. */

/** The target could not be opened, or was lost while it was used (exit status 3). */
export class TargetError extends Error {
  override readonly name = 'TargetError'
  readonly exitStatus = 3
}

/** Why a port could not be opened. */
export const PORT_TROUBLES = ['no-permission', 'busy', 'missing', 'vanished', 'not-a-port', 'unopened'] as const
export type PortTrouble = (typeof PORT_TROUBLES)[number]

/** A port could not be opened, and it is known why. */
export class PortError extends TargetError {
  constructor(
    message: string,
    readonly trouble: PortTrouble,
    options?: ErrorOptions,
  ) {
    super(message, options)
  }
}

/** A limit in simulated time ran out (exit status 4). */
export class TimeLimitError extends Error {
  override readonly name = 'TimeLimitError'
  readonly exitStatus = 4
  /**
   * @param limit nanoseconds on the target's clock
   * @param remedy what whoever set the limit can do
   */
  constructor(
    readonly limit: number,
    simulated: boolean,
    remedy = 'allow more with --time-limit SECONDS (in code: timeLimit, in nanoseconds)',
  ) {
    super(
      `the time limit of ${limit / 1e9} s${simulated ? ' of simulated time' : ''} ran out before the work was done; ${remedy}`,
    )
  }
}

/** The request itself is wrong: a name nobody knows, a value out of range (exit status 2). */
export class UsageError extends Error {
  override readonly name = 'UsageError'
  readonly exitStatus = 2
}

/** A run that was told to stop at the first misuse of the chip found one (exit status 1: the board fails). */
export class StrictError extends Error {
  override readonly name = 'StrictError'
  readonly exitStatus = 1
}
