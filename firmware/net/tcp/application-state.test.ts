import { describe, expect, it } from 'vitest'
import { ApplicationState } from './application-state.js'

/** The changes that are still to be notified of, each notified of now. */
function rest(application: ApplicationState): string[] {
  const changes: string[] = []
  for (let left = application.left; left !== undefined; left = application.left) {
    changes.push(`${left} to ${application.entered}`)
    application.nextTransition()
  }
  return changes
}

describe('what an application is to be notified of', () => {
  it('is every change of state, in order, also those made while it is notified', () => {
    const application = new ApplicationState()
    expect(rest(application)).toEqual([])
    application.noteTransition('SYN-SENT', 'ESTABLISHED')
    expect(rest(application)).toEqual(['SYN-SENT to ESTABLISHED'])
    application.noteTransition('ESTABLISHED', 'FIN-WAIT-1')
    application.noteTransition('FIN-WAIT-1', 'FIN-WAIT-2')
    application.nextTransition()
    application.noteTransition('FIN-WAIT-2', 'TIME-WAIT')
    expect(rest(application)).toEqual(['FIN-WAIT-1 to FIN-WAIT-2', 'FIN-WAIT-2 to TIME-WAIT'])
    application.noteTransition('TIME-WAIT', 'CLOSED')
    application.noteTransition('CLOSED', 'SYN-SENT')
    application.forgetTransitions()
    expect(rest(application)).toEqual([])
  })
})
