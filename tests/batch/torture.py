# ruff: noqa: E501
"""A notebook with all that ordinary notebooks do, cell by cell, the same each time."""

from __future__ import annotations

import nbformat

CELLS = (
    "a = 6\na * 7",
    "_ + 1, Out[1], In[1], _i",
    "print('một'); print('hai', end='')\nimport sys\nprint('lỗi', file=sys.stderr)\nprint('ba')",
    "print('x', flush=True)\nprint('y')",
    "import time\nprint('trước'); time.sleep(0.5); print('sau')",
    "from IPython.display import Markdown, HTML, display, clear_output\nMarkdown('**đậm** $x^2$')",
    "display(1, 'hai', Markdown('ba'), {'a': {1, 2}})\nHTML('<b>x</b>')",
    "import pandas as pd\nimport numpy as np\nframe = pd.DataFrame({'Xã': ['Liêm Cần', None], "
    "'n': [1.5, np.nan]})\nframe",
    "pd.DataFrame(np.arange(6000).reshape(100, 60))",
    "pd.get_option('display.max_columns'), pd.get_option('display.width')",
    "display(frame['n'], frame.dtypes)\nframe.describe()",
    "handle = display('đang chạy', display_id='tiến độ')",
    "handle.update('xong'); None",
    "display({'text/plain': 'raw', 'application/json': {'k': [1, (2, 3)]}}, raw=True)",
    "print('bị xóa'); clear_output(); print('còn lại')",
    "print('cũ'); clear_output(wait=True); print('mới')",
    "%matplotlib inline\nimport matplotlib.pyplot as plt\nplt.plot([1, 2, 3]); plt.title('Thử')",
    "figure, axes = plt.subplots(1, 2, figsize=(4, 2)); axes[0].bar(['a', 'b'], [1, 2])\nfigure",
    "import matplotlib; matplotlib.get_backend(), plt.rcParams['figure.figsize']",
    "%%capture kept\nprint('hidden')",
    "kept.stdout",
    "%%time?\n",
    "%who_ls int",
    "%env NTM_TORTURE=1\nimport os; os.environ['NTM_TORTURE']",
    "!echo ngoài",
    "lines = !printf 'a\\nb\\n'\nlines",
    "%%bash\necho từ bash",
    # A kernel reads these from a thread; with a pause it is sure to have read them in time.
    "os.system('echo fd'); time.sleep(0.6)",
    "import subprocess; d = subprocess.run(['echo', 'con']); time.sleep(0.6)\nd.returncode",
    "%%writefile mô_đun.py\nvalue = 41",
    "import mô_đun; mô_đun.value",
    "%run mô_đun.py\nvalue",
    "import asyncio\nawait asyncio.sleep(0.01)\nasync def f(): return 'chờ'\nawait f()",
    "task = asyncio.ensure_future(f())",
    "await task",
    "waiting = f()\ntry:\n    asyncio.run(waiting)\nexcept RuntimeError as e:\n"
    "    waiting.close(); print(e)",
    "def g(n):\n    return 1 / n\n\ntry:\n    g(0)\nexcept ZeroDivisionError:\n"
    "    import traceback; traceback.print_exc(limit=0)",
    "import threading\nt = threading.Thread(target=print, args=('luồng',)); t.start(); t.join()",
    "class A:\n    def _repr_html_(self): return '<i>a</i>'\n    def __repr__(self): return 'A'\nA()",
    "class B:\n    def _repr_markdown_(self): raise ValueError('repr')\n    def __repr__(self): return 'B'\n"
    "B()",
    "import warnings\nwith warnings.catch_warnings(record=True) as w:\n"
    "    warnings.simplefilter('always'); warnings.warn('coi chừng')\n[str(x.message) for x in w]",
    "import logging; logging.warning('nhật ký')",
    "import json; json.dumps({'ế': 1}), f'{1234567.891:,.2f}'",
    "get_ipython().__class__.__name__, __name__, sys.modules['__main__'].a",
    "import pickle\nclass C: pass\nisinstance(pickle.loads(pickle.dumps(C())), C)",
    "import inspect; print(inspect.getsource(g))",
    "%timeit?",
    "for i in range(3): display(i)",
    "x = 5;",
    "'a'; 'b'",
    "%config InlineBackend.figure_formats = ['svg']\nplt.rcParams['svg.hashsalt'] = 'x'; 1",
    "float('nan'), float('inf'), b'bytes', 1 + 2j, ...",
    "input_error = None\ntry:\n    input('?')\nexcept Exception as e:\n    input_error = type(e)\n"
    "input_error.__name__",
    "help(len)",
    "sys.stdout.isatty(), sys.stdout.encoding, os.path.basename(os.getcwd()), '' in sys.path",
)
FAILING = (
    "def inner(n):\n    assert n > 1, 'quá nhỏ'\n    return n\n\ndef outer():\n    print('đi')\n"
    "    return inner(1)",
    "1/0",
    "outer()",
    "raise KeyError('ế') from ValueError('gốc')",
    "nothing_here",
    "for x in 1\n    pass",
    "import a_module_that_is_not_there",
    "import sys; sys.exit(3)",
    "%no_such_magic",
    "print('sau lỗi')\nawait g()",
)


def notebook(cells: tuple[str, ...], allow_errors: bool = False) -> nbformat.NotebookNode:
    """Return a notebook of these cells; with `allow_errors` it goes on after each error."""
    made = nbformat.v4.new_notebook()
    made.metadata["kernelspec"] = {
        "name": "python3",
        "language": "python",
        "display_name": "Python 3",
    }
    for number, source in enumerate(cells):
        cell = nbformat.v4.new_code_cell(source, id=f"cell-{number}")
        if allow_errors:
            cell.metadata["tags"] = ["raises-exception"]
        made.cells.append(cell)
    return made
