/** Days and months of a count of seconds, in UTC and the Gregorian calendar. */

const WEEKDAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday']
const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
]
const DAY = 86_400

export interface CalendarTime {
  readonly year: number
  /** January, Tuesday. */
  readonly month: string
  readonly weekday: string
  /** From 1. */
  readonly day: number
  readonly hour: number
  readonly minute: number
  readonly second: number
}

/** @param seconds since 1970-01-01 00:00:00 UTC, leap seconds not counted */
export function calendarTime(seconds: number): CalendarTime {
  const days = Math.floor(seconds / DAY)
  const rest = Math.floor(seconds) - days * DAY
  let year = 1970
  let left = days
  // The calendar repeats every 400 years, which have 146,097 days.
  const cycles = Math.floor(left / 146_097)
  year += cycles * 400
  left -= cycles * 146_097
  while (left >= daysOf(year)) left -= daysOf(year++)
  let month = 0
  while (left >= monthDays(year, month)) left -= monthDays(year, month++)
  return {
    year,
    month: MONTHS[month],
    weekday: WEEKDAYS[(((days + 4) % 7) + 7) % 7],
    day: left + 1,
    hour: Math.floor(rest / 3600),
    minute: Math.floor(rest / 60) % 60,
    second: rest % 60,
  }
}

function isLeap(year: number): boolean {
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
}

function daysOf(year: number): number {
  return isLeap(year) ? 366 : 365
}

function monthDays(year: number, month: number): number {
  if (month === 1) return isLeap(year) ? 29 : 28
  return [3, 5, 8, 10].includes(month) ? 30 : 31
}

/** Two digits. */
export function two(value: number): string {
  return String(value).padStart(2, '0')
}
