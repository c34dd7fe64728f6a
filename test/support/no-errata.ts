import { ERRATA, type ErratumName } from '../../boards/chips/enc28j60/errata.js'

/** Every erratum off: the chip as the data sheet describes it. */
export const NO_ERRATA: Readonly<Record<ErratumName, boolean>> = Object.freeze(
  Object.fromEntries(Object.keys(ERRATA).map((name) => [name, false])) as Record<ErratumName, boolean>,
)
