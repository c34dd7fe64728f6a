import { expect, it } from 'vitest'
import { SeededRandom } from '../../boards/simulation/random.js'
import { calendarTime } from './calendar.js'
import { daytime } from './daytime.js'

it('the calendar agrees with the one of the machine that runs the test, over 3000 years', () => {
  const random = new SeededRandom(2)
  for (let i = 0; i < 20_000; i++) {
    const seconds = random.below(1000 * 365 * 86_400) * 3 - 500 * 365 * 86_400
    const date = new Date(seconds * 1000)
    const { year, month, weekday, day, hour, minute, second } = calendarTime(seconds)
    const part = (options: Intl.DateTimeFormatOptions) =>
      date.toLocaleString('en-US', { timeZone: 'UTC', calendar: 'gregory', ...options })
    expect([year, day, hour, minute, second]).toEqual([
      date.getUTCFullYear(),
      date.getUTCDate(),
      date.getUTCHours(),
      date.getUTCMinutes(),
      date.getUTCSeconds(),
    ])
    if (i % 100 === 0) expect([month, weekday]).toEqual([part({ month: 'long' }), part({ weekday: 'long' })])
  }
})

it('daytime is written as RFC 867 shows it', () => {
  expect(daytime(Date.UTC(1982, 1, 22, 17, 37, 43))).toBe('Monday, February 22, 1982 17:37:43-UTC\r\n')
})
