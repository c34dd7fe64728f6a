import { describe, expect, it } from 'vitest'
import { beyondProbes } from './tshark.js'

const AGAIN = 'This frame is a (suspected) retransmission'
const OVERTAKEN = 'This frame is a (suspected) out-of-order segment'
const OVERLAP = 'New fragment overlaps old data (retransmission?)'
const RESET = 'Connection reset (RST)'

describe('remarks that probes explain', () => {
  it('are as many segments sent again as there were probes, by either name', () => {
    expect(beyondProbes({ [AGAIN]: 1, [OVERTAKEN]: 1, [OVERLAP]: 1 }, 2)).toEqual({})
    expect(beyondProbes({ [AGAIN]: 2, [OVERTAKEN]: 1 }, 2)).toEqual({ [AGAIN]: 2, [OVERTAKEN]: 1 })
  })

  it('are what follows from them, once a probe', () => {
    expect(beyondProbes({ [RESET]: 1, [OVERLAP]: 2 }, 1)).toEqual({ [OVERLAP]: 2 })
    expect(beyondProbes({ [RESET]: 1 }, 0)).toEqual({ [RESET]: 1 })
  })

  it('are nothing else', () => {
    expect(beyondProbes({ 'ACKed segment that was not captured': 1 }, 9)).toEqual({
      'ACKed segment that was not captured': 1,
    })
  })
})
