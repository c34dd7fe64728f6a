/*
 * A sketch with a character display on the unmodified Arduino core, set up as figure 24 of the HD44780U's data sheet says for four wires:
 * RS on 6, E on 7, D4 to D7 on 5, 4, 3 and A1 (2 is the Ethernet chip's INT).
 */
#include <Arduino.h>

static const uint8_t wires[4] = { 5, 4, 3, A1 };

static void half(uint8_t bits) {
	for (uint8_t i = 0; i < 4; i++) digitalWrite(wires[i], bits >> i & 1);
	digitalWrite(7, HIGH);
	delayMicroseconds(1);
	digitalWrite(7, LOW);
	delayMicroseconds(50);
}

static void send(bool data, uint8_t octet) {
	digitalWrite(6, data);
	half(octet >> 4);
	half(octet & 15);
}

static void say(const char *text) {
	while (*text) send(true, *text++);
}

void setup() {
	Serial.begin(115200);
	pinMode(6, OUTPUT);
	pinMode(7, OUTPUT);
	for (uint8_t wire : wires) pinMode(wire, OUTPUT);
	delay(15);
	half(3);
	delay(5);
	half(3);
	delayMicroseconds(100);
	half(3);
	half(2);
	send(false, 0x28); /* four wires, two lines */
	send(false, 0x0c); /* on */
	send(false, 0x01); /* clear */
	delay(2);
	send(false, 0x06); /* to the right */
	say("IP 192.168.7.2");
	send(false, 0x40); /* a character of its own: not shown */
	send(true, 0x1f);
	send(false, 0xc0); /* second line */
	say("link");
	send(false, 0x80 | 0x45);
	say("down");
	Serial.println(F("shown"));
	while (!Serial.available()) {}
	send(false, 0x80 | 0x45);
	say("up  ");
	Serial.println(F("shown"));
}

void loop() {}
