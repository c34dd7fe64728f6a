/** Standards that have a list, in the order in which their pages are shown. */

import { RFC_791 } from './rfc791.js'
import { RFC_792 } from './rfc792.js'
import { RFC_826 } from './rfc826.js'
import { RFC_1122 } from './rfc1122.js'
import { RFC_2131 } from './rfc2131.js'
import { RFC_4443 } from './rfc4443.js'
import { RFC_4861 } from './rfc4861.js'
import { RFC_4862 } from './rfc4862.js'
import { RFC_8200 } from './rfc8200.js'
import { RFC_8201 } from './rfc8201.js'
import { RFC_8504 } from './rfc8504.js'
import { RFC_9293 } from './rfc9293.js'
import { RFC_9777 } from './rfc9777.js'
import type { Standard } from './sentence.js'

export const STANDARDS: readonly Standard[] = [
  RFC_9293,
  RFC_1122,
  RFC_791,
  RFC_792,
  RFC_826,
  RFC_2131,
  RFC_8200,
  RFC_8201,
  RFC_4443,
  RFC_4861,
  RFC_4862,
  RFC_9777,
  RFC_8504,
]
