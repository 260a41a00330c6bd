"""Maps: a data frame becomes a scene, and a scene becomes a pydeck deck or an SVG picture.

The countries are our own (data/basemap.geojson); nothing is fetched from anywhere else.
"""
