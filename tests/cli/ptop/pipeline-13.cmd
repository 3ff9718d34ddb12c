python3()
{
	cp "$TESTDATA/cprofile/py313.prof" "$4"
}
python3 -m cProfile -o run.prof app.py && ptop -n 3 run.prof
