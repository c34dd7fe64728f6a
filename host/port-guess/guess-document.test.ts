import { describe, expect, it } from 'vitest'
import { MILLISECOND, SECOND } from '../../firmware/hal/clock.js'
import { gps, PortDesk } from '../../test/support/port-device.js'
import { guessDocument } from './guess-document.js'

describe('a guess as a document', () => {
  it.each([
    ['at once, from octets that lay there', 0, 0.1],
    ['within 3 ms', 3 * MILLISECOND, 0.1],
    ['within 1.26 s', 1.26 * SECOND, 1.3],
  ])(
    'says for who was understood %s that it was listened to: 0 s is a port that does not open',
    async (_, listened, seconds) => {
      const guess = { ...(await new PortDesk(gps).guess()), listened }
      expect(guessDocument(guess, '/dev/ttyUSB0')).toMatchObject({ who: 'nmea', listenedSeconds: seconds })
    },
  )
})
