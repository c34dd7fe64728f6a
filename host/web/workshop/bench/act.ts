/** Asks the bench for one of its actions, and lets time pass. */
import { send } from '../connection.js'

export function actBench(action: string, argument = ''): void {
  send({ kind: 'do', deed: { kind: 'act', action, argument } })
  send({ kind: 'play' })
}
