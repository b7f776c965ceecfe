namespace Agents.Tests.Reading;

/// <summary>
/// One small page, "opened", protected in the ways there are; all but the last open without a password. Made with qpdf, then deflated.
/// </summary>
internal static class EncryptedPdfs
{
    public const string Rc4WithKeyOf40Bits =
        "eNqFUruO00AU7U3FD6ArpCCBtHjeM5aiFPsIiwBtlGVpVluMPeNgFOzFnuyDkoqOf9iGP0BICFEgJAoKivwDEhL1bsNj7CQbQwpsj2SduefM8fHpDDb7a/g2"
        + "Czofzs9+BRgQFPGToNuFcKBHtgLikSGED08PLYQb2ulxMYJeL7C5qQdJi7BRTHIHGMJ7malgH2hDPViQZ3pLKv2LmjubuwrY7LgH1mR6vTjxKsjfAiFQfh3U"
        + "KqUfXNga2qqYlInXrVX6XmX2goE3A71e/bQMtM5nrfPv23zkHgMj9X7lSqufBu8+f73y7efHl1+uTt9efH9244ic2+0fb65P2ae9s+nra3feH9/6ffPVi4uR"
        + "F5xz5tK8Jb2uK9sYC7ft+Mi6LNEQ7k5i13iqneGFwWZsaVC0VPrZ2NnSE53OjS7N0jKCcAe6RmmFU5JKLmJEU2SlFFQKgaRJhExQpDjFOqGW41RYnqQoTTCT"
        + "NMaJRZHkPqQBrDGfqI823INuzDUTIraptizhxutxhGiMjOWSRFiRxBjMuVRSC6GV5hIbTNJICKJESowXfOS7sPyak9KmAQIZoMsLBOeUQwqXGPbJNTv5EhNs"
        + "BcOErmCE4xWM+h/6L8ZwC3OlzsY+1zriYVHU7W16tZs9tyAhvLsJ+12KGeYREd6rimRECVVMEMEoVZTIiPf+P+GLu5Un5emhAzEvpq+ZLl2TisAq6HS2dvrB"
        + "H1Ao+XA=";

    public const string Rc4WithKeyOf128Bits =
        "eNqFUj1v1EAUbJGRaOhSPSm6Mng/vWvpOIV8nECAcrpACk4p1vb6YnTYkb0XJan4C1S0CIkCCVqkVNSkp6SEBlHTIZ59X0ZXYHul1eybebPj1xns9bfoHeF1"
        + "Pv9++8ejQKCInnvdLvgDM7YVMESG4D+5OLXg7xpnJsUYej3P5kldyFqE3WKaO6DgP8ySCkbAG+rxgjzTW1H5P9Tc2dxVIGbtHtskMzvFOaoQfANCQOM6rlVK"
        + "LFzYGtqqmJYx6tYqfVSZbSjIpqDXq7+WgVZ/0er/yOZjdwKC1eeVK6154W1/e7Zxdevru5PX9159vPvpxsaOvP3+zZfvmzfFh8725q8j7+WPq+vR5fVPFJxz"
        + "5tKyJb1jKtsY8+/byZl1WWzAP5xGrvFUO6MLg03ZymDQUulnE2dLJDqTJ6ZMlpYp0+AfQFepSKcRCTVhLOEm4oJxZY0MBI+JVpTgnjKexjLVOkrDkJtAx7GR"
        + "KWWRICmmNIAtgZHif/OfQjfSSgVKJ5TFCQmNlUITy5UUsUmUjAyhjAkZmJBGeEixn0LJJMJdrFUsUPAIWOs656VNPQLKI8sHAim5hBSWGMXompN8hQViDcOb"
        + "rGFM0jUMXa1hgrYwV5psgsHWGQ+Loh7fZrAOs0sLCvwHezDqciqoDFmAXnWoQs64FgHDZLnmTIWy9/8KnNz9PC4vTh0E88nEOTOla1IJaOh1OvsHfe8v8jz0"
        + "cQ==";

    public const string AesWithKeyOf128Bits =
        "eNqFUz1v00AYlmDzwMQAYnmXjMH3fWeRRkrbRCCoWjXQpXQ42+c0VWpXzqUf8A9QUfkBgFDFhFQhMcECKysTAyMsTHRBLAhxdpPGUCT8Ib9+P57nufe9qy3N"
        + "d+r4qvBq734c/vIwIMjCDa/RAH9J98wQiPMsg397b8uAP6etHmQ9aDY9k8ZFIqkUzGWj1AIG/2Y/HsIq0LJ0bVJ8gjctpX+UptakdgjshG7BxH09m+06FORu"
        + "gRAo964VKLlLnMhaNsNslEcOt0DpOJQTAwMvE5rN4qkIqPCzCv8tk/bsOghWxIc2N3rT610Wr15/Pni2Eb14f6G2c27/ScNc+7D/6efTBwcPv9Yu3j+/txp6"
        + "L1vozZfjb4dXvl96Xj9qHb+9W3/0sTVz9HjG0YyRxoS8Qjirh6aU6183g21j+5EGvzsKbam00Isnssu0qWxRbVunXG7XxmOrNbLr7e2iQf58Fi1umbRIWnCB"
        + "dneFnK4Ti0lnOv2BNXkBodNY5/E0hSjwF6EhZaiSEAUKERJTHVJGqDSaC0YjpCRGzsaEJhFPlAqTIKBaqCjSPMEkZChxHEtQZ25UbraOZrMz0es++fTnDjRC"
        + "JaWQKsYkilGgDWcKGSo5i3QseagRJoRxoQMcuiB2SqQji0NnRUpGzFGtAKu0ajc3iYdAeuj0AsE55ZDAqQ+7sZSRdOpz++Bvn1vjGR/h+IyP/qOW0YrP5ro/"
        + "cC0vxrWcZcWBKbdyt3/PgAT/xjysNihmmAdEOK0qkAElVDFBXM+pokQGvPn/DHdW2mmU721ZEOOz4Ha2zm3ZFUmpV6u1Fzveb/wYGlo=";

    public const string AesWithKeyOf256Bits =
        "eNqFVEtrJUUU3t+lQpZSKHFWY9fj1AsugWRyLw4mJCROBMMsqrpOJVeT7tC3ExIXs5gfIO51NRv3/gHB+QHiwpXIgA4DCi7FxYB4unNfEsH7rD6P73zn69Nn"
        + "fX97fF+8Zwfr3/717O+BYJzV8ZPBcMiK0XWL1XRSV1PWXW5ub436w1aY4hE2nYcVlLoSuYNXeMYc29joPsV+OMEpk4R5wIoPby6QFQ9CG87qE3IPsEpdKblS"
        + "8kF9WbVMsOKDSZqyY6b61Mfz5Fu8Zar6V2pFJNopg9tyu5gmYau+JhROb8M5c/R93KE0FDindYDT+rIp8bbJMaHcHgTTfcCslSWBlfqwUn8Hq5P2lBno/NO2"
        + "wXA+yA9vPnrnx5dr9Rhen758/uTTt9Z+ffHL99/d2/z8y5+/+PrtPzZ++PPd168mux//VBxfvXq+8+bNN1+tPT2+9+z3Yv+N315QmRnSrKBeKdjdhp5u8T6e"
        + "XWE7KQMrDi9j2zPt+Io57T5sSdusyjbu2z1s0+y0edmejq46gYrtuty7wKoL2iXH6PBILfpUcq7MeHLWYtNBhCqFJi1CpDas2GNDHUUMMUPIyngtnAuYuQ4l"
        + "aJdySBF8CFxoZ2MSORsRhNOpVAq9sqb0MQBKHX0JmSupJZpkQXnQAZ3PAh1x2KPJzIZntCpEcqH2HAnPal9qUM6b7ABTabnn2gWuvIaYkweVnZLeJEzQzSu7"
        + "D/SLzTlNgwo+em68KXlESzGacxeljAAZvBUUf8BM1/f5eC4g/TXLi0dsCDkm9JpLo63GFEQGSNlFCxC8itHZrMvgS+WJlZeBWyOUFz6UArMXSN1r6a0kGqJX"
        + "JKDJyJ3hUgACJxKPqHeLLplsyR4kWYmv0dwhKpERsgFNOrtUcp0dcoLJNgYhHYnueHLZEMwRzftyRK4bzAPO7IAvXsxorTTLbGETNI69p1rYhOJ3bc7fsSlh"
        + "79jgP3JJ86WtbcLkjEatG9ODuu4WRf8IH04+Q0Zr6OE2Ox4qAUJ70ltp561XUjkw0oBSdKet1xv/H0E7YlSVzc1Fy8xsB9ATHZq2V0VwoG25PtobD/4BnxB0"
        + "pw==";

    public const string AesAndObjectStreams =
        "eNqFVH1olVUcXpYD7zI1jL5ADmubCOo93+c9ubbc7r0Yrm3tS2XNPOd9z9kmu/eu974bM0Y1HYUtAqE0l0RogVKwSLAMw39mSRSyCBTuH1IaNqTIQsro69x9"
        + "w4rgvJxz3t/v/D6e8zynvDGR2oA2ilj52V+P/hVDAIKs3h2rrATx5EBkMrnubCYHCtvNiZrk1KJG5UybCQsWEHdHF3jWmX7TAzxQVVUY8UbVaXKAuJhNIN6y"
        + "p9eAeK2KVE+205ljJhMUUuEFKad9GvTu5igN4nUm0xl1ASQxiKe6eyITurlHRSZh/GzgHOtdbGcJcxFArBAyF4VGpWMdm5ateO/UxasnS9aTc0/VXkmW9S6/"
        + "WL10tPNwY/XS/Z/Q0tHX+z7/6cgX957ZUZqsz7UPXZv85day9rJHRs8/17DuLv31PflNB/787viHHh+6fqHiy44zl24s53v3VX/8dPLAicu9xflwrGvntrdO"
        + "3wxObHxyZ4v+bPC+h+HQcH++aOtvp8+dvXHs1ZNbW47tvXrz6I5bD7092PZzzSn/tW+uv7El89H5kh+/reuIDgaTw4dfjrofXNu/vfVaSeISv7z6/X2rEw13"
        + "rxp5xyEz08kMRnwBRjOocPrvoMyjMDFRN/5m9YGaO9eO5FcM44qJILNm/wM1Fwa3vDKRHav46vgTL07mP5XPl47F7NgH6ZrxVWX1+TVXHh05tORg//frf1hU"
        + "hVhQRW1qigvNUTCz2twXdSX7TSYC8UTWb+g1mYLT486QbG4jc2UTPEuO2eKbI5UJVBjMuWDGHQdApYFKWmoglMIqQjgixlisOfIQCjzhI0kEpW5Q5GHDsDG+"
        + "VYwSLyCE+oQToiTztRVE8wAzHyrGuSUQQuH5TClXQ4NjtPA1ttJCKzlHXDHIkTaWWBvoAAmNDaRMM0MM9bQNGNNWW2f2KbdCWqQLPAcb3G00mjDtpAIl8UzA"
        + "CBHEelBKxgWXBEHkflKFC2mbAC/0nU7NAuimcH7TCip9JKxkgmMMLfGssgJr6iFLlQqs1hpSLTiVzFjtMUu4dJEFxEQiRCiVxheKQk4gU8Ji7EtmIYKCEeOJ"
        + "wOEkXBGtrnesMNIBNpgRLanvTjMEueU4wAoxS7XBDnBsqWeMUTSg0MMcuUyCew5w7sK0AbZAzN4iMW9vMnbuaul/KXl6blRTCBbole3pS7uHpwBraIJuP8qG"
        + "AE1xJ74NtAMEsPs6HJTZrBP/9AvT3P2MARLEH0uA9kqCKGISc0aYJ4UkmHiUY04J8QgWklX9v4cLn8z44Z7eCIipDPPaGjji66IlFaniZ4sril/QK9+9bVzv"
        + "Gl759/2H/vD1rp7bX0LrSFFR4vc7OmOLZJSLVBgNhMbGEIIkVl6ebEjF/gF0F8QX";

    public const string WithUserPassword =
        "eNqFVDtoHFcUhYCLLKSJiSFVXggq7Xn/DywCS7uLjW1kJFuNouK+n7xhNSPPjoQcdy6S3mWqYBfGjYs0gTS2C9fGRaqkCsRVmlTpQu6M9hcUyH5m39zfOefu"
        + "nbt2ezC6zK6Y3trLv5783WOEksp/1ev3STE8bVI5HVfllLS3Vwcbw+6wAdO0m+rWQwpMXYm8mU7ShFiyvt5+ittwkKaEY81tUtx5cJRIsQkNTKoDdPdSGVso"
        + "vgK5WR2XDWGkuDGOU7JHRJe6P08+q7dMFf9KLZFEMyXyDO5WimPYqE6xCsW3ppRY/O63VWoMnNPaTtPquA7pTOQIq5wdGFFdwEzKksAKvlzBv5nKg+Ye0bL1"
        + "T5s6wWHv2yff/7z72/0Xj366sEkuPX776M5wL33y6rPnVz798/rFX379cPDDQ7rxwbuPf7/0+v2PX16EN9999PkX+Y+X3+w/Fc/uv0eYWaUZoFoBbP+Gjm5x"
        + "LU1OUjMOQIqdY990TFu+bE67C1vS1qttG3Vyd5o4O109bu4NT9oGFYMqbB2lsg26hY7hzq5Y6BR83pnReNKkui0BZYQ6LkK40qTYIn0pg2IpSJmF8SYyHXmi"
        + "SWQVLAtGR0G1ZZy5wLLJxmflpLde+GhslOClpsHRLKyQ1ktqQSYerfHRqeyoyhY5bOFkGp6BYYBLgucEIDwiahtAZuDOSI5VgbpIQXPvIKvMjHZKcqYYaJnb"
        + "eSWXJV5TfYjTwJjPFJxNErgNIeXIBYVsg4pUOaMxfpvoVvfhaN5A/KmXN3dJP0bpk4kZryJnDT4z7cDpZFCTUSrRAIr6GH2SInEPUjFBI/YramOoMCJrH4NQ"
        + "mqKKwBwTWnGwCQRQ7A6SuIvalQhB5JgRK2N3eGIy5sCFBSyVs4PAOePgnBUU5bAASMBkFikLXthWyy7O+3JETuuUe5SYHl28iFZKKJLJwsZwHDtPubAh+fM2"
        + "687ZBDPnbPI/chVdsTU1jCc4au2YbldVuyi6R3hn/HUiuIauD8heXzDJlOMauVpnnMAmSM21FDhA3Di1/v8RuCOGZagfHDVEz3YAPtFQN11XGJW4LdeGW6Pe"
        + "P6nLc1c=";
}
