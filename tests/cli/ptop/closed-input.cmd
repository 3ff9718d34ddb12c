ptop <&-
