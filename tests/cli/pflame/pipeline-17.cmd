py-spy()
{
	printf "main (app.py:3);parse (app.py:9) 12\nmain (app.py:3) 2\n"
}
PID=1
py-spy record -f raw -o - -d 30 -p $PID | pflame >py.svg
grep -o ">parse (app.py:9)<\|>parse<" py.svg
