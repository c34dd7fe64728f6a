/** Which languages of the page a test goes through a station in: in `make test` one, and from station to station the other; in `make judge` both. */
import { STATION_NAMES, type StationName } from '../../../host/workshop/station-names.js'
import { extentOf } from '../../judge/parts.js'
import { LANGUAGES, type WorkshopLanguage } from './visit.js'

/**
 * @param what a station, or the missions, which are no station of their own
 * @param shift 1: what is run first is in the other language
 */
export function languagesOf(what: StationName | 'missions', shift: 0 | 1 = 0): WorkshopLanguage[] {
  const { first, count } = extentOf('page-languages')
  const place = what === 'missions' ? STATION_NAMES.length : STATION_NAMES.indexOf(what)
  return Array.from({ length: count }, (_, i) => LANGUAGES[(place + shift + first + i) % LANGUAGES.length])
}
