#define MAX_SPEED 300
#define SPEED_PROPERTY uint8 Speed = MAX_SPEED
