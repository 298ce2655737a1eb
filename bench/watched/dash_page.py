"""The least that a hospital's page is in Dash: a month to choose, a radar, a trend and a table.

Started by bench/load.py; `python -m bench.watched.dash_page PORT`. Needs bench/requirements.txt.
"""

import sys

import plotly.graph_objects as go
from dash import Dash, Input, Output, dcc, html

MONTHS = [f"2566-M{number:02}" for number in range(1, 13)] + [
    f"2565-M{number:02}" for number in range(1, 13)
]
SPOKES = ["Structure", "System", "Staff", "Skill", "Care", "Code", "Claim", "Account"]
TESTS = [f"Test of the crisis level or item of the score {number}" for number in range(27)]

app = Dash(__name__)
app.layout = html.Div(
    [
        html.H1("Hospital"),
        dcc.Dropdown(MONTHS, MONTHS[0], id="month"),
        dcc.Graph(id="radar"),
        dcc.Graph(id="trend"),
        html.Div(id="table"),
    ]
)


@app.callback(
    Output("radar", "figure"),
    Output("trend", "figure"),
    Output("table", "children"),
    Input("month", "value"),
)
def shown(month: str) -> tuple[go.Figure, go.Figure, html.Table]:
    """What is drawn of a month."""
    turn = MONTHS.index(month)
    points = [60 + (turn * 7 + place * 13) % 40 for place in range(len(SPOKES))]
    radar = go.Figure(go.Scatterpolar(r=points, theta=SPOKES, fill="toself"))
    values = [0.4 + ((turn + place) * 17 % 23) / 50 for place in range(24)]
    trend = go.Figure(go.Scatter(x=MONTHS, y=values, mode="lines+markers"))
    trend.add_hline(0.8, line={"dash": "dash"})
    rows = [
        html.Tr([html.Td(name), html.Td(f"{(turn + place) % 9 / 3:.2f}"), html.Td("below 0.8"),
                 html.Td(str((turn + place) % 2))])
        for place, name in enumerate(TESTS)
    ]  # fmt: skip
    return radar, trend, html.Table([html.Tbody(rows)])


if __name__ == "__main__":
    app.run(port=int(sys.argv[1]), debug=False)
