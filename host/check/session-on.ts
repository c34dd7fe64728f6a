/** The session that fits what is at a target's port. */
import type { Target } from '../target/target.js'
import { BoardSession } from './board-session.js'
import { SerprogSession } from './serprog-session.js'
import type { TargetSession } from './session.js'

export function sessionOn(target: Target): TargetSession {
  const { programmer } = target
  return programmer === undefined ? new BoardSession(target) : new SerprogSession(target, programmer)
}
