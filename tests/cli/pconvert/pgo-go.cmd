# Two samples of main -> hash, with mix inlined into it, with start lines; the
# message is made by hand. One of types samples/count and cpu/nanoseconds stays.
base64 -d >go.pb <<'END'
CgQIARACCgQIAxAEEggKAgIBEgIDHhIHCgEBEgIBCiIICAEiBAgBEAwiDggCIgQIAxAeIg
QIAhAWKgoIARAFGAUgBigKKgoIAhAHGAcgBigUKgoIAxAIGAggBigeMgAyB3NhbXBsZXMy
BWNvdW50MgNjcHUyC25hbm9zZWNvbmRzMgltYWluLm1haW4yB21haW4uZ28yCW1haW4uaG
FzaDIIbWFpbi5taXg=
END
pconvert --pgo-go go.pb | pconvert -t dump
pconvert --pgo-go -s samples go.pb | pconvert -t folded
