/** `make link-table`. */
import { renewLinkTable } from './link-table.js'

renewLinkTable()
