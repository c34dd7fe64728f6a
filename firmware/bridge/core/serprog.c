#include "serprog.h"

#include "line.h"
#include "link.h"

#define SERIAL_BUFFER 256u
/* The longest reply that is not SPI data: the command map. */
#define REPLY_OCTETS (1 + SERPROG_MAP_OCTETS)
/* Work on one command before the line is looked at again. */
#define POLLS_A_TURN 8

static enum { IDLE, PARAMETERS, DATA, ACKNOWLEDGE, READ, POLL_DATA, POLLING } phase;
static bool raw;
static uint8_t command;
static uint8_t parameters[6], parameter_count, parameters_wanted;
static uint16_t to_write, to_read;
static uint8_t poll_write[SERPROG_POLL_WRITE_LIMIT], poll_count, poll_last;
static uint16_t polls_made;
static bool selected;

/* Octets of parameters and one; 0 for a command we do not have. In flash: there is more of that. */
static const uint8_t wants[SERPROG_COMMAND_LIMIT] PORT_FLASH = {
#define WANTS(command, parameters) [command] = parameters + 1,
    SERPROG_COMMANDS(WANTS)};

/* Octets of parameters; 0xff for a command we do not have. Bit n of the map: command n. */
static uint8_t wanted(uint8_t octet)
{
  if (octet >= SERPROG_COMMAND_LIMIT) return 0xff;
  return (uint8_t)(port_flash_octet(wants + octet) - 1);
}

static uint16_t room(void)
{
  return raw ? tx_room() : link_room(CHANNEL_SPI);
}

static void out(uint8_t octet)
{
  if (raw) {
    tx_put(octet);
    port_tx_kick();
  } else {
    link_put(CHANNEL_SPI, octet);
  }
}

static void out_little(uint32_t value, uint8_t octets)
{
  for (; octets > 0; octets--) {
    out((uint8_t)value);
    value >>= 8;
  }
}

static void deselect(void)
{
  if (selected) port_spi_deselect();
  selected = false;
}

void serprog_reset(bool to_line)
{
  deselect();
  phase = IDLE;
  raw = to_line;
}

bool serprog_is_raw(void)
{
  return raw;
}

bool serprog_idle(void)
{
  return phase == IDLE;
}

static void refuse(void)
{
  phase = IDLE;
  out(SERPROG_NAK);
}

static void answer(uint32_t value, uint8_t octets)
{
  phase = IDLE;
  out(SERPROG_ACK);
  out_little(value, octets);
}

static void map(void)
{
  uint8_t i, bit, octet;
  out(SERPROG_ACK);
  for (i = 0; i < SERPROG_MAP_OCTETS; i++) {
    octet = 0;
    if (i < 4) {
      for (bit = 0; bit < 8; bit++)
        if (wanted((uint8_t)(8 * i + bit)) != 0xff) octet |= (uint8_t)(1 << bit);
    }
    out(octet);
  }
}

static void name(void)
{
  static const char text[SERPROG_NAME_OCTETS] PORT_FLASH = "linkpulse";
  uint8_t i;
  out(SERPROG_ACK);
  for (i = 0; i < SERPROG_NAME_OCTETS; i++) out(port_flash_octet(text + i));
}

/* The six octets of O_SPIOP's lengths are in. */
static void begin_spi(void)
{
  /* Longer than announced: refused at once, because waiting for 16 Mbyte would leave the board deaf. */
  if (parameters[2] | parameters[5]) {
    refuse();
    return;
  }
  to_write = (uint16_t)((uint16_t)parameters[1] << 8 | parameters[0]);
  to_read = (uint16_t)((uint16_t)parameters[4] << 8 | parameters[3]);
  if (to_write > SERPROG_LONGEST || to_read > SERPROG_LONGEST) {
    refuse();
    return;
  }
  port_pins_end(); /* SPI is off while its wires are moved one by one, and would never end an octet */
  port_spi_select();
  selected = true;
  phase = to_write > 0 ? DATA : ACKNOWLEDGE;
}

static void begin_poll(void)
{
  if (parameters[0] < 1 || parameters[0] > SERPROG_POLL_WRITE_LIMIT) {
    refuse();
    return;
  }
  port_pins_end();
  poll_count = 0;
  poll_last = 0;
  polls_made = 0;
  phase = POLL_DATA;
}

static void perform(void)
{
  phase = IDLE;
  switch (command) {
  case S_CMD_NOP:
    answer(0, 0);
    break;
  case S_CMD_Q_IFACE:
    answer(SERPROG_INTERFACE_VERSION, 2);
    break;
  case S_CMD_Q_CMDMAP:
    map();
    break;
  case S_CMD_Q_PGMNAME:
    name();
    break;
  case S_CMD_Q_SERBUF:
    answer(SERIAL_BUFFER, 2);
    break;
  case S_CMD_Q_BUSTYPE:
    answer(SERPROG_BUS_SPI, 1);
    break;
  case S_CMD_Q_OPBUF:
    answer(0, 2);
    break;
  case S_CMD_Q_WRNMAXLEN:
  case S_CMD_Q_RDNMAXLEN:
    answer(SERPROG_LONGEST, 3);
    break;
  case S_CMD_SYNCNOP:
    out(SERPROG_NAK);
    out(SERPROG_ACK);
    break;
  case S_CMD_S_BUSTYPE:
    if (parameters[0] & SERPROG_BUS_SPI) answer(0, 0);
    else refuse();
    break;
  case S_CMD_S_SPI_FREQ: {
    uint32_t hertz = (uint32_t)parameters[3] << 24 | (uint32_t)parameters[2] << 16 | (uint32_t)parameters[1] << 8 |
                     parameters[0];
    if (hertz == 0) refuse();
    else answer(port_spi_clock(hertz), 4);
    break;
  }
  case S_CMD_S_PIN_STATE:
    port_spi_drivers(parameters[0] != 0);
    answer(0, 0);
    break;
  case S_CMD_PIN_READ:
    if (parameters[0] == SERPROG_PIN_INT) answer(port_int_level(), 1);
    else if (parameters[0] == SERPROG_PIN_RESET && PORT_HAS_RESET) answer(port_reset_level(), 1);
    else refuse();
    break;
  case S_CMD_O_SPIOP:
    begin_spi();
    break;
  case S_CMD_POLL:
    begin_poll();
    break;
  default:
    refuse();
  }
}

/* Octets that go to the chip, as many as are there. */
static uint8_t write(const uint8_t *octets, uint8_t count)
{
  uint8_t left;
  if (count > to_write) count = (uint8_t)to_write;
  for (left = count; left > 0; left--) port_spi_exchange(*octets++);
  to_write = (uint16_t)(to_write - count);
  if (to_write == 0) phase = ACKNOWLEDGE;
  return count;
}

uint8_t serprog_take(const uint8_t *octets, uint8_t count)
{
  switch (phase) {
  case IDLE:
    if (room() < REPLY_OCTETS) return 0;
    command = *octets;
    parameters_wanted = wanted(command);
    parameter_count = 0;
    if (parameters_wanted == 0xff) refuse();
    else if (parameters_wanted == 0) perform();
    else phase = PARAMETERS;
    return 1;
  case PARAMETERS: {
    uint8_t taken = 0;
    if (room() < REPLY_OCTETS) return 0;
    while (taken < count && parameter_count < parameters_wanted) parameters[parameter_count++] = octets[taken++];
    if (parameter_count == parameters_wanted) perform();
    return taken;
  }
  case DATA:
    return write(octets, count);
  case POLL_DATA:
    poll_write[poll_count++] = *octets;
    if (poll_count == parameters[0]) phase = POLLING;
    return 1;
  default:
    return 0;
  }
}

static bool acknowledge(void)
{
  if (room() < 1) return false;
  out(SERPROG_ACK);
  if (to_read == 0) {
    deselect();
    phase = IDLE;
  } else {
    phase = READ;
  }
  return true;
}

static bool read(void)
{
  uint8_t length, i;
  uint8_t *place;
  if (raw) {
    length = tx_room();
    if (length > to_read) length = (uint8_t)to_read;
    if (length == 0) return false;
    for (i = 0; i < length; i++) tx_put(port_spi_exchange(0));
    port_tx_kick();
  } else {
    place = link_span(CHANNEL_SPI, &length);
    if (length > to_read) length = (uint8_t)to_read;
    if (length == 0) return false;
    for (i = 0; i < length; i++) *place++ = port_spi_exchange(0);
    link_commit(length);
  }
  to_read = (uint16_t)(to_read - length);
  if (to_read == 0) {
    deselect();
    phase = IDLE;
  }
  return true;
}

static bool poll(void)
{
  uint16_t tries = (uint16_t)((uint16_t)parameters[2] << 8 | parameters[1]);
  uint8_t skip = parameters[3], mask = parameters[4], value = parameters[5], turn, i;
  bool matched = false;
  if (room() < 5) return false;
  for (turn = 0; turn < POLLS_A_TURN && polls_made < tries && !matched; turn++) {
    port_spi_select();
    for (i = 0; i < parameters[0]; i++) port_spi_exchange(poll_write[i]);
    for (i = 0; i < skip; i++) port_spi_exchange(0);
    poll_last = port_spi_exchange(0);
    port_spi_deselect();
    polls_made++;
    matched = (poll_last & mask) == (value & mask);
  }
  if (!matched && polls_made < tries) return true;
  phase = IDLE;
  out(SERPROG_ACK);
  out(matched);
  out(poll_last);
  out_little(polls_made, 2);
  return true;
}

bool serprog_run(void)
{
  switch (phase) {
  case ACKNOWLEDGE:
    return acknowledge();
  case READ:
    return read();
  case POLLING:
    return poll();
  default:
    return false;
  }
}
